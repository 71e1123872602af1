foreach ($view in '', 'Wow6432Node\') {
  reg add "HKLM\SOFTWARE\${view}Microsoft\.NETFramework\v4.0.30319" /v SchUseStrongCrypto /t REG_DWORD /d 1 /f
}
