"""A writer of reports, for tests, demonstrations and benchmarks.

What is drawn (`figures`), what is said (`prose`), how it is laid out (`paper`, `surfaces`), in
which characters (`scripts`) and what befalls it (`damages`) are parts of their own; `report`
puts them together and says what the result still tells (`truth`). Nothing here is copied from
a real report but the official labels of the form files, and nothing of what reads reports is
used to write them.

    from tests.writer import Order, write_report
    written = write_report(Order(seed=7, surface="html", damages=("zeros_blank",)))
    written.save(folder)
"""

from tests.writer.damages import DAMAGES
from tests.writer.faults import FAULTS
from tests.writer.grade import Grade, grade
from tests.writer.order import Order
from tests.writer.report import Written, write_government, write_report, write_years
from tests.writer.scripts import SCRIPTS
from tests.writer.surfaces import SURFACES

__all__ = [
    "DAMAGES",
    "FAULTS",
    "SCRIPTS",
    "SURFACES",
    "Grade",
    "Order",
    "Written",
    "grade",
    "write_government",
    "write_report",
    "write_years",
]
