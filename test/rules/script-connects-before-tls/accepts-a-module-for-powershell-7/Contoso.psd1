@{
  RootModule = 'Contoso.psm1'
  CompatiblePSEditions = @('Core')
}
