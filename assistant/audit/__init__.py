"""Many reports checked for those who supervise them: `audit` tells the steps in order.

What was found is a list of `findings.Finding`; a workbook, a page, notes to the bodies, the
terminal and JSON are ways to show the same list.
"""
