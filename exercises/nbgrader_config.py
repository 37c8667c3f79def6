"""Settings of the nbgrader course in this folder."""

c = get_config()  # noqa: F821  nbgrader provides it

c.CourseDirectory.course_id = "calcinosis"
# One copy of the release is enough for everybody, so it may be committed and compared.
c.ClearSolutions.code_stub = {"python": "# Write your code here.\nraise NotImplementedError()"}
# A cell that runs for more than a minute fails; the others are still graded.
c.ExecutePreprocessor.timeout = 60
