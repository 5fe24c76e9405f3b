"""Exports: the current record, whole or filtered, in files that other programs read.

Each file is made from the stored documents of one pinned seq, so that it is whole however long it takes and whatever is
published meanwhile. Nothing is held in memory but one batch. What a file may say of a claim is in `standings`.
"""
