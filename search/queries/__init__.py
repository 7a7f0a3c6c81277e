"""Named reads for the pages and mails of alerts and collections; searching itself is `search.query`."""
