"""What changes findings, ratings, recommendations and summaries; one function a change."""
