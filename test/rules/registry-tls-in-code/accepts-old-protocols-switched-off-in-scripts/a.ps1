foreach ($protocol in 'SSL 3.0', 'TLS 1.0', 'TLS 1.1') {
  $key = "HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\$protocol\Client"
  New-ItemProperty $key -Name Enabled -Value 0 -PropertyType DWord
}
