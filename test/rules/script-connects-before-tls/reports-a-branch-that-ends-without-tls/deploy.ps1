if ($Old) {
  Get-CrmConnection -InteractiveMode
# ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
  return
}
[Net.ServicePointManager]::SecurityProtocol = 'Tls12'
Get-CrmConnection -InteractiveMode
