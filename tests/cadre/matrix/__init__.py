"""A crawl of the whole desk: what the matrix test is made of."""
