Describe 'Deploy' {
  It 'connects' { Get-CrmConnection -InteractiveMode | Should -Not -BeNullOrEmpty }
}
