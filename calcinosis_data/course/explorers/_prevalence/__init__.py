"""Explorer `prevalence`: how common calcinosis is, study by study."""
