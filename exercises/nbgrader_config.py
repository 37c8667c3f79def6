"""Settings of the nbgrader course in this folder; run nbgrader from here."""

c = get_config()  # noqa: F821  nbgrader provides it

c.CourseDirectory.course_id = "calcinosis"
# What stands in the release in place of each solution: it says what to do and, run as it is, fails.
c.ClearSolutions.code_stub = {"python": "# Write your code here.\nraise NotImplementedError()"}
# A cell that runs for more than a minute fails; the others are still graded.
c.ExecutePreprocessor.timeout = 60
