// Evaluates projects with MSBuild's own API in one process.
// Reads one JSON request a line, writes one JSON answer a line:
//   {"path": "...", "globals": {...}, "properties": [...], "items": {"Type": ["Metadata", ...]}}
//   (with "all": true for every property, and "ignoreMissing": true to go on without imports that are not there)
//   {"properties": {...}, "items": {"Type": [{"include": "...", "Metadata": "..."}]}, "error": null}
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.Json;

internal static class Program
{
    private static int Main()
    {
        string sdk = Environment.GetEnvironmentVariable("ORACLE_SDK");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            string file = Path.Combine(sdk, name.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
        Answerer.Run();
        return 0;
    }
}

internal static class Answerer
{
    private const int RequestsPerCollection = 200;
    private static Microsoft.Build.Evaluation.ProjectCollection collection = new();
    private static Microsoft.Build.Evaluation.Context.EvaluationContext context = NewContext();
    private static int requests;

    private static Microsoft.Build.Evaluation.Context.EvaluationContext NewContext() =>
        Microsoft.Build.Evaluation.Context.EvaluationContext.Create(
            Microsoft.Build.Evaluation.Context.EvaluationContext.SharingPolicy.Shared);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run()
    {
        string line;
        while ((line = Console.In.ReadLine()) != null)
        {
            using JsonDocument request = JsonDocument.Parse(line);
            Console.Out.WriteLine(JsonSerializer.Serialize(Answer(request.RootElement)));
            Console.Out.Flush();
        }
    }

    private static Dictionary<string, object> Answer(JsonElement request)
    {
        if (++requests % RequestsPerCollection == 0)
        {
            collection.UnloadAllProjects();
            collection.Dispose();
            collection = new();
            context = NewContext();
        }

        var answer = new Dictionary<string, object> { ["error"] = null };
        try
        {
            var globals = request.GetProperty("globals").EnumerateObject()
                .ToDictionary(p => p.Name, p => p.Value.GetString());
            var options = new Microsoft.Build.Definition.ProjectOptions
            {
                GlobalProperties = globals,
                ProjectCollection = collection,
                EvaluationContext = context,
                LoadSettings = request.TryGetProperty("ignoreMissing", out _)
                    ? Microsoft.Build.Evaluation.ProjectLoadSettings.IgnoreMissingImports
                    : Microsoft.Build.Evaluation.ProjectLoadSettings.Default,
            };
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var project = Microsoft.Build.Evaluation.Project.FromFile(request.GetProperty("path").GetString(), options);
            answer["milliseconds"] = watch.Elapsed.TotalMilliseconds;
            if (request.TryGetProperty("all", out _))
            {
                answer["all"] = project.AllEvaluatedProperties
                    .GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(g => g.Key, g => project.GetPropertyValue(g.Key));
            }

            answer["properties"] = request.GetProperty("properties").EnumerateArray()
                .Select(p => p.GetString())
                .ToDictionary(name => name, name => project.GetPropertyValue(name));
            answer["items"] = request.GetProperty("items").EnumerateObject().ToDictionary(
                type => type.Name,
                type => project.GetItems(type.Name).Select(item => Describe(item, type.Value)).ToList());
            collection.UnloadProject(project);
        }
        catch (Exception exception)
        {
            answer["error"] = exception.Message;
        }

        return answer;
    }

    private static Dictionary<string, string> Describe(
        Microsoft.Build.Evaluation.ProjectItem item, JsonElement metadata)
    {
        var result = new Dictionary<string, string> { ["include"] = item.EvaluatedInclude };
        foreach (JsonElement name in metadata.EnumerateArray())
        {
            result[name.GetString()] = item.GetMetadataValue(name.GetString());
        }

        return result;
    }
}
