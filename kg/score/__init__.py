"""How good an extraction is: precision and recall per slot against a gold file.

gold.read           a gold file -> frozen rows
facts.facts         a Reading -> rows in the same slots
pairs, matching     which extracted row is worth what for which gold row
scoring, figures    what became of every value; precision, recall, F
run.score, report   the whole way, as tables or JSON
"""
