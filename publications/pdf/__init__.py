"""Reading PDF files that nobody has vouched for: in a child process, within limits, never raising."""
