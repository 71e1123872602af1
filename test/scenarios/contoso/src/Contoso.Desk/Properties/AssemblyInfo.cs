using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Contoso.Desk")]
[assembly: AssemblyDescription("")]
[assembly: AssemblyCompany("Contoso Ltd.")]
[assembly: AssemblyProduct("Contoso Dynamics")]
[assembly: AssemblyCopyright("Copyright © Contoso Ltd. 2014")]
[assembly: ComVisible(false)]
[assembly: Guid("c2a7e2b4-3c63-4b57-8e0e-6f5f0b9a7d22")]
[assembly: AssemblyVersion("2.3.0.0")]
[assembly: AssemblyFileVersion("2.3.0.0")]
