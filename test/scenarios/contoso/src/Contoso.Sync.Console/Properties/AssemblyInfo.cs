using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Contoso.Sync.Console")]
[assembly: AssemblyDescription("")]
[assembly: AssemblyCompany("Contoso Ltd.")]
[assembly: AssemblyProduct("Contoso Dynamics")]
[assembly: AssemblyCopyright("Copyright © Contoso Ltd. 2014")]
[assembly: ComVisible(false)]
[assembly: Guid("7b0d4c0e-5c0b-4a9c-9c43-0d0e2f6a1c11")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyFileVersion("1.0.0.0")]
