<Assembly: System.Runtime.Versioning.TargetFramework(".NETFramework,Version=v4.8")>
