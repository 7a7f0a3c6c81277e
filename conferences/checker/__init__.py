"""Manuscripts without names: a file is made anew without what the document says about itself and its makers."""
