curl --etag-compare kept.etag --etag-save kept.etag --output kept.json --write-out '%{http_code}\n' '{{ site }}/api/v1/{{ subject }}/'
