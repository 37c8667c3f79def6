"""Charts that several explorers draw: pure steps from frame to plotly figure."""
