public class Code
{
}
