curl --get '{{ site }}/api/v1/search/' --data-urlencode 'q="smart city"' --data-urlencode 'limit=5'
