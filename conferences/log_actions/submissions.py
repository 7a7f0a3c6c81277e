from accounts.log_actions import register_actions

register_actions({})
