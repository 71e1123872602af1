// Größe
using System.Runtime.Versioning;
[assembly: TargetFramework(".NETFramework,Version=v4.5", FrameworkDisplayName = "")]
//                          ^^^^^^^^^^^^^^^^^^^^^^^^^^ target-attribute-missing warning 4.5
