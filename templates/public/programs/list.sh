curl '{{ site }}/api/v1/claims/?subject={{ subject }}&limit=5'
