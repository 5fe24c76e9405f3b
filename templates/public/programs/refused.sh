curl '{{ site }}/api/v1/claims/?standign=alleged'
