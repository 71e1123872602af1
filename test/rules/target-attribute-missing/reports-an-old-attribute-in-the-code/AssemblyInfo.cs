using System.Runtime.Versioning;
// [assembly: TargetFramework(".NETFramework,Version=v4.8")]
[assembly: TargetFrameworkAttribute(".NETFramework,Version=v4.5", FrameworkDisplayName = "old")]
//                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ target-attribute-missing warning says 4.5
