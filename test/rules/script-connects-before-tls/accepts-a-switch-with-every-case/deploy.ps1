switch ($Mode) {
  'new' { [Net.ServicePointManager]::SecurityProtocol = 'Tls12' }
  default { [Net.ServicePointManager]::SecurityProtocol = 'Tls11, Tls12' }
}
Get-CrmConnection -InteractiveMode
