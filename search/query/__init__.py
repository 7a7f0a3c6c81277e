"""From what somebody asks to what they find: the request (`request`), what they typed (`language`), the index's query
(`building`, `ranking`), the answer (`running`), and outputs like another (`related`).
"""
