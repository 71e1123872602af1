function Connect-Everything {
  Get-CrmConnection -InteractiveMode
# ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
}
