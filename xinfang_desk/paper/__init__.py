"""Sheets and passages to xlsx, pdf, docx; reads back what it wrote."""
