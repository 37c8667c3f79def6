"""Explorer `symptom_triage`: where symptoms come from, and red flags."""
