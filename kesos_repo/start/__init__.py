"""What `manage.py start` does: prepare the site, then run the web server and the workers until it is told to stop."""
