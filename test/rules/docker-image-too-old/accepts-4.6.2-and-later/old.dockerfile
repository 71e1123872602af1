FROM microsoft/dotnet-framework:4.7.2-runtime
