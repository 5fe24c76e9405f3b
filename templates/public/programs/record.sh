curl '{{ site }}/api/v1/{{ subject }}/'
