"""Papers: our viewer beside pdf.js core, in the same browser and the same run."""
