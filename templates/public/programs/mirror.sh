curl --remote-name '{{ site }}/api/mirror.py'
python3 mirror.py '{{ site }}' copy.sqlite3
