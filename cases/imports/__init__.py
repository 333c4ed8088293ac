"""Bringing a council's caseload in from an Ofsted Annex A workbook: read, stage, preview, match, apply, reconcile."""
