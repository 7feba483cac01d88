"""Where the company is on which day, and who tells what there: as PDF, workbook and calendar, whole, for a stop, for a speaker."""
