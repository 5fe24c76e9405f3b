curl --remote-name --remote-header-name '{{ site }}/api/v1/export/claims.csv?subject={{ subject }}'
