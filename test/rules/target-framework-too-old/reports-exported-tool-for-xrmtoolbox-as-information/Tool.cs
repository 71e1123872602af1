[Export(typeof(IXrmToolBoxPlugin)), ExportMetadata("Name", "Contoso")]
public class Tool : ContosoToolBase
{
}
