[Export(typeof(IImportExtensions))]
public class Package : Template
{
}
