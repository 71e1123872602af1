if ($UseTls12) {
  [Net.ServicePointManager]::SecurityProtocol = 'Tls12'
}
Get-CrmConnection -InteractiveMode
