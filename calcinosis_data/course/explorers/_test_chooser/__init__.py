"""Explorer `test_chooser`: gains and costs of each test."""
