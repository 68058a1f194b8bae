"""What the HTML view is made of: where things stand, what the page holds, and its template, style and script."""
