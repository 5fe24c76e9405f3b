curl --include '{{ site }}/api/v1/{{ subject }}/?version=1'
