"""Floor 9: templates become executed notebooks, pages and a folder of reports. papermill and nbconvert live here."""
