namespace MlOps.Fairness.Privacy;

/// <summary>Names that are common in India and elsewhere: enough to catch a forgotten column, far from all names there are.</summary>
/// <remarks>Add the names of your own customers' table: a list finds only what is on it. Names that are everyday English words are left out.</remarks>
internal static class CommonNames
{
    /// <summary>Gets given and family names.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. """
        Aarav Aarti Abdul Abhishek Aditi Aditya Ahmed Aisha Ajay Akash Akshay Alejandro Amit Amol Amrita Anand Ananya Andrea Andrew Angela Anil Anita Anjali Ankit Anna Antonio Anuradha Anusha Arjun
        Arun Aruna Asha Ashok Ashwin Ayesha Balaji Bharat Bhavana Carlos Catherine Charles Chandan Chitra Christopher Daniel David Deepa Deepak Deepika Devi Dinesh Divya Elena Elizabeth Emily Emma
        Farhan Fatima Fernando Gaurav Gayatri Geeta Girish Gopal Gurpreet Hari Harish Harpreet Hema Hussain Imran Indira Isha Ishaan Jagdish James Jaspreet Jatin Jennifer Jessica Jyoti Kamala Karan
        Karthik Kartik Kavita Kavya Khadija Kiran Kishore Komal Krishna Kumari Lakshmi Lalita Latha Laura Lavanya Linda Madhav Madhavi Mahesh Mamta Manish Manju Manoj Maria Meena Meera Mehul Michael
        Mohammed Mohan Mohit Muhammad Mukesh Muthu Nagaraj Nandini Naresh Naveen Neelam Neeraj Neha Nikhil Nilesh Nisha Nitin Olivia Padma Pallavi Pankaj Patricia Pooja Prabhu Pradeep Prakash Pranav
        Prasad Prashant Pratik Praveen Preeti Priya Priyanka Rachel Radha Rahul Rajan Rajesh Rajiv Rakesh Ramesh Ramya Ranjit Ravi Razia Rebecca Reena Rekha Richard Ritu Robert Rohan Rohit Rukmini
        Sachin Salma Sameer Samuel Sandeep Sandhya Sangeeta Sanjay Sara Sarah Sarita Saroj Satish Savita Seema Shabana Shalini Shankar Sharada Sheela Shilpa Shreya Shruti Shweta Siddharth Sita Sneha
        Sofia Sonal Sonia Sophia Srinivas Stephen Subhash Sudha Sudhir Sujata Suman Sumit Sundar Sunil Sunita Suresh Sushma Swati Tanvi Tara Tejas Thomas Uday Uma Usha Vandana Varun Vasudha Vidya
        Vijay Vikas Vikram Vinay Vineet Vinod Vishal Vivek William Yash Yasmin Yogesh Zainab Zara
        Agarwal Ahuja Ansari Bajaj Banerjee Basu Bhat Bhatia Bose Chakraborty Chatterjee Chaudhary Chauhan Chopra Das Desai Deshmukh Dubey Dutta Fernandes Ganguly Garcia Ghosh Gill Gonzalez Gowda Gupta
        Iyengar Iyer Jadhav Jain Joshi Kapoor Kaur Khan Khanna Kulkarni Kumar Mahajan Malhotra Malik Martinez Mehta Menon Mishra Mukherjee Murthy Nair Naidu Nayak Pandey Pandit Patel Patil Pillai Pereira
        Qureshi Rajput Rao Rathore Reddy Rodriguez Roy Saxena Sethi Shah Sharma Shetty Shinde Shukla Siddiqui Singh Sinha Smith Srivastava Subramanian Thakur Tiwari Trivedi Varma Venkatesh Verma Vyas
        Williams Yadav
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];
}
