public class Name { }
