$connection = Connect-CrmOnlineDiscovery -InteractiveMode
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^ script-connects-before-tls information
