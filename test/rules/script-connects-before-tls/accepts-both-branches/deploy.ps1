if ($Strict) {
  [Net.ServicePointManager]::SecurityProtocol = 'Tls12'
} else {
  [Net.ServicePointManager]::SecurityProtocol = 'Tls11,Tls12'
}
Get-CrmConnection -InteractiveMode
