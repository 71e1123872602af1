public abstract class Template : ImportExtension
{
}
