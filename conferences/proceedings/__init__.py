"""From final papers to one volume: front matter and stamps by typst, put together by pikepdf in a confined child."""
