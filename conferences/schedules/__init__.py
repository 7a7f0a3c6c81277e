"""Published schedules: read as values, told as calendar, JSON and schedule.xml; and those of others taken in."""
