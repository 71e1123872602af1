class Program
{
    const string A = "// dynamics-tls-disable-file clear-text-url";
    const string B = @"
// dynamics-tls-disable-file clear-text-url
";
    const string C = """
// dynamics-tls-disable-file clear-text-url
""";
}
